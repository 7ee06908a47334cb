"""The host's hooks: they check what is about to be saved or published, and are told what was done."""
