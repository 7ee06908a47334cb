"""Files outside of the database: exports, and the media of images."""
