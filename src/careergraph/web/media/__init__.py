"""The files of images: uploaded by editors, read by everybody once they are published."""
