"""What any app needs to make Word and PDF files: fonts, the compiler, small builders. It knows no model and no text."""
