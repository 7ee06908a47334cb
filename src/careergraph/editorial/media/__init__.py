"""Media: the files of images, checked and cleaned when they are uploaded, and served in some widths."""
