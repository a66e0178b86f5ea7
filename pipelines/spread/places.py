"""Which addresses a connection may go to: this machine, or another one over TLS."""

import ipaddress


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine: a loopback address, `localhost`, or a socket of the file system."""
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name: nobody knows where it leads tomorrow
        return False
