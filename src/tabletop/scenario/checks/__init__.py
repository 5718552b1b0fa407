"""What is wrong in a scenario file: each check yields faults, and says where and what would be right."""
