"""``python -m iop_sched`` is the ``iop-sched`` command."""

from iop_sched.cli.app import main

if __name__ == "__main__":
    main()
