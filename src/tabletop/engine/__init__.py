"""What any such simulation needs and no policy knows."""
