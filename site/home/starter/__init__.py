"""The starter content: files a lawyer can read and correct, and the code that makes pages of them."""
