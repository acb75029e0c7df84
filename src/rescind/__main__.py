"""``python -m rescind``: the same as the command."""

from rescind.cli.entry import main

if __name__ == "__main__":
    main()
