"""The language of documents: one set of blocks, which HTML, PDF, DOCX and the terminal all show."""
