#!/usr/bin/env python3
"""Runs a program on a terminal of its own, 80 columns wide, types keys, and prints what it shows.

    keys.py KEYS PROGRAM [ARGUMENT...]      "\\n" in KEYS is the Enter key

Each key is sent once the program has been quiet for a moment. Exits with the program's code."""
import fcntl, os, pty, select, struct, sys, termios

def main():
    keys = sys.argv[1].replace("\\n", "\n")
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        os.execvp(sys.argv[2], sys.argv[2:])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    shown, waited = b"", 0.0
    while True:
        ready, _, _ = select.select([fd], [], [], 0.25)
        if ready:
            waited = 0.0
            try:
                data = os.read(fd, 65536)
            except OSError:
                break
            if not data:
                break
            shown += data
        elif keys:
            os.write(fd, keys[0].encode())
            keys = keys[1:]
        else:
            waited += 0.25
            if waited > 20:
                os.kill(pid, 9)
                break
    sys.stdout.buffer.write(shown.replace(b"\r", b""))
    sys.stdout.flush()
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 0xff)

main()
