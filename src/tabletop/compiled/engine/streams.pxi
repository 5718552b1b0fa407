# Streams of uniforms, as `engine/chance.py` draws them: a root and a text make a key, a key makes numbers.

cdef extern from *:
    """
    #if defined(__SIZEOF_INT128__)
    static inline uint64_t upper_product(uint64_t a, uint64_t b) {
        return (uint64_t)(((unsigned __int128)a * b) >> 64);
    }
    #else
    static inline uint64_t upper_product(uint64_t a, uint64_t b) {
        uint64_t a1 = a >> 32, a0 = (uint32_t)a, b1 = b >> 32, b0 = (uint32_t)b;
        uint64_t middle = a1 * b0 + ((a0 * b0) >> 32);
        uint64_t other = a0 * b1 + (uint32_t)middle;
        return a1 * b1 + (middle >> 32) + (other >> 32);
    }
    #endif
    """
    uint64_t upper_product(uint64_t a, uint64_t b) noexcept nogil


# --- keys: BLAKE2b (RFC 7693), keyed by seed and replication ------------------------------------------------

cdef extern from *:
    """
    static const uint64_t BLAKE_START[8] = {
        0x6A09E667F3BCC908U, 0xBB67AE8584CAA73BU, 0x3C6EF372FE94F82BU, 0xA54FF53A5F1D36F1U,
        0x510E527FADE682D1U, 0x9B05688C2B3E6C1FU, 0x1F83D9ABFB41BD6BU, 0x5BE0CD19137E2179U,
    };
    static const uint8_t BLAKE_ORDER[12][16] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    };
    """
    const uint64_t BLAKE_START[8]
    const uint8_t BLAKE_ORDER[12][16]

cdef enum:
    BLAKE_BLOCK = 128  # bytes
    DIGEST_BYTES = 16
    ROOT_BYTES = 32


cdef inline uint64_t rotated(uint64_t word, int by) noexcept nogil:
    return (word >> by) | (word << (64 - by))


cdef inline void blake_mix(uint64_t *v, int a, int b, int c, int d, uint64_t x, uint64_t y) noexcept nogil:
    v[a] += v[b] + x
    v[d] = rotated(v[d] ^ v[a], 32)
    v[c] += v[d]
    v[b] = rotated(v[b] ^ v[c], 24)
    v[a] += v[b] + y
    v[d] = rotated(v[d] ^ v[a], 16)
    v[c] += v[d]
    v[b] = rotated(v[b] ^ v[c], 63)


cdef void blake_block(uint64_t *state, const uint8_t *bytes, uint64_t end, bint last) noexcept nogil:
    """Take in one block of 128 bytes, which ends `end` bytes into the message."""
    cdef uint64_t[16] v
    cdef uint64_t[16] m
    cdef const uint8_t *order
    cdef int i, k
    for i in range(16):
        m[i] = 0
        for k in range(8):
            m[i] |= <uint64_t>bytes[8 * i + k] << (8 * k)
    for i in range(8):
        v[i] = state[i]
        v[i + 8] = BLAKE_START[i]
    v[12] ^= end
    if last:
        v[14] = ~v[14]
    for i in range(12):
        order = BLAKE_ORDER[i]
        blake_mix(v, 0, 4, 8, 12, m[order[0]], m[order[1]])
        blake_mix(v, 1, 5, 9, 13, m[order[2]], m[order[3]])
        blake_mix(v, 2, 6, 10, 14, m[order[4]], m[order[5]])
        blake_mix(v, 3, 7, 11, 15, m[order[6]], m[order[7]])
        blake_mix(v, 0, 5, 10, 15, m[order[8]], m[order[9]])
        blake_mix(v, 1, 6, 11, 12, m[order[10]], m[order[11]])
        blake_mix(v, 2, 7, 8, 13, m[order[12]], m[order[13]])
        blake_mix(v, 3, 4, 9, 14, m[order[14]], m[order[15]])
    for i in range(8):
        state[i] ^= v[i] ^ v[i + 8]


cdef void key_state(uint64_t *state, const uint8_t *root) noexcept nogil:
    """The state of a hash that is keyed by a root of 32 bytes."""
    cdef uint8_t[BLAKE_BLOCK] block
    memset(block, 0, BLAKE_BLOCK)
    memcpy(block, root, ROOT_BYTES)
    memcpy(state, BLAKE_START, sizeof(BLAKE_START))
    state[0] ^= 0x01010000 ^ (ROOT_BYTES << 8) ^ DIGEST_BYTES
    blake_block(state, block, BLAKE_BLOCK, False)


cdef void stream_key(const uint64_t *keyed, const uint8_t *text, int length, uint64_t *key) noexcept nogil:
    """The key of the stream of a text of at least one byte: the first 16 bytes of its hash."""
    cdef uint64_t[8] state
    cdef uint8_t[BLAKE_BLOCK] block
    cdef int begun = 0
    memcpy(state, keyed, sizeof(state))
    while length - begun > BLAKE_BLOCK:
        blake_block(state, text + begun, 2 * BLAKE_BLOCK + begun, False)
        begun += BLAKE_BLOCK
    memset(block, 0, BLAKE_BLOCK)
    memcpy(block, text + begun, length - begun)
    blake_block(state, block, BLAKE_BLOCK + length, True)
    key[0] = state[0]
    key[1] = state[1]


# --- numbers: Philox 4×64 of ten rounds (Salmon et al. 2011), as NumPy counts its blocks --------------------

cdef double OFF_ZERO = 2.0 ** -54
"""Below the smallest positive uniform, which can also be 0."""


cdef void philox(const uint64_t *key, uint64_t counter, uint64_t *out) noexcept nogil:
    """The four words of one block; NumPy's first block has counter 1."""
    cdef uint64_t a = counter, b = 0, c = 0, d = 0, k0 = key[0], k1 = key[1], x, y
    cdef int i
    for i in range(10):
        x = upper_product(0xD2E7470EE14C6C93U, a)
        y = upper_product(0xCA5A826395121157U, c)
        a, b, c, d = y ^ b ^ k0, c * 0xCA5A826395121157U, x ^ d ^ k1, a * 0xD2E7470EE14C6C93U
        k0 += 0x9E3779B97F4A7C15U
        k1 += 0xBB67AE8584CAA73BU
    out[0], out[1], out[2], out[3] = a, b, c, d


cdef inline double to_uniform(uint64_t word) noexcept nogil:
    """A uniform in (0, 1), as `numpy.random.Generator.random` makes it of a word, moved off 0."""
    cdef double drawn = <double>(word >> 11) * (1.0 / 9007199254740992.0)
    return drawn if drawn > OFF_ZERO else OFF_ZERO


cdef double lone_uniform(const uint64_t *key, int64_t ordinal) noexcept nogil:
    """One uniform of a stream."""
    cdef uint64_t[4] words
    philox(key, ordinal // 4 + 1, words)
    return to_uniform(words[ordinal % 4])


cdef void fill_uniforms(const uint64_t *key, int64_t first, int64_t size, double *out) noexcept nogil:
    """`size` uniforms of a stream from `first` on; both are multiples of 4."""
    cdef uint64_t[4] words
    cdef int64_t i
    cdef int k
    for i in range(0, size, 4):
        philox(key, (first + i) // 4 + 1, words)
        for k in range(4):
            out[i + k] = to_uniform(words[k])
