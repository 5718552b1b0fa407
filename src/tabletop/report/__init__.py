"""Pages to hand out, made of what is known already: nothing here simulates."""
