# What the engine calls of SciPy's Cython interface, so that building it takes no SciPy. Whether SciPy has them
# so is checked when the extension is imported.

cpdef double gammaincinv(double x0, double x1) noexcept nogil
cpdef double ndtri(double x0) noexcept nogil
