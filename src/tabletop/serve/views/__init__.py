"""Views: what each page may show, as data; made of narrow inputs, without HTTP."""
