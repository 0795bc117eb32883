"""Benchmarks of the models on public test splits and on the bundled corpus's gold labels."""
