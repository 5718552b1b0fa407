"""What tables of outcomes say; nothing here simulates."""
