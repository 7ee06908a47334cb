"""The host's hooks: they check changes before they are saved or published, and hear of them afterwards."""
