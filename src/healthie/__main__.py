"""``python -m healthie`` is the command."""

from healthie.cli import main

if __name__ == "__main__":
    main()
