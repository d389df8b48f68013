"""The system call filter: a small BPF program that refuses what tests never need and escapes are made of."""

import struct
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

# Opcodes of classic BPF and return values: include/uapi/linux/{bpf_common,filter,seccomp}.h
_LOAD, _JUMP_EQ, _JUMP_GE, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_EPERM, _ENOSYS, _EAFNOSUPPORT = 1, 38, 97
_NUMBER, _ARCH, _ARG0, _ARG1 = 0, 4, 16, 24  # offsets in struct seccomp_data, low halves (little endian)
_X32 = 0x40000000  # the second ABI of x86-64 kernels, with other numbers for the same calls

_CLONE_NEW = 0x7E020000  # mount, cgroup, uts, ipc, user, pid, net
_TERMINAL_REQUESTS = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: type into the terminal of whoever started us
_FAMILIES = (1, 2, 10, 16)  # unix, inet, inet6, netlink; vsock for one ignores network namespaces

_COMMON = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "mount_setattr": 442,
}
_X86_64 = {
    "ptrace": 101,
    "syslog": 103,
    "pivot_root": 155,
    "acct": 163,
    "mount": 165,
    "umount2": 166,
    "swapon": 167,
    "swapoff": 168,
    "reboot": 169,
    "iopl": 172,
    "ioperm": 173,
    "init_module": 175,
    "delete_module": 176,
    "quotactl": 179,
    "kexec_load": 246,
    "add_key": 248,
    "request_key": 249,
    "keyctl": 250,
    "unshare": 272,
    "perf_event_open": 298,
    "open_by_handle_at": 304,
    "setns": 308,
    "process_vm_readv": 310,
    "process_vm_writev": 311,
    "finit_module": 313,
    "kexec_file_load": 320,
    "bpf": 321,
    "userfaultfd": 323,
}
_AARCH64 = {
    "umount2": 39,
    "mount": 40,
    "pivot_root": 41,
    "acct": 89,
    "unshare": 97,
    "kexec_load": 104,
    "init_module": 105,
    "delete_module": 106,
    "syslog": 116,
    "ptrace": 117,
    "reboot": 142,
    "add_key": 217,
    "request_key": 218,
    "keyctl": 219,
    "swapon": 224,
    "swapoff": 225,
    "perf_event_open": 241,
    "open_by_handle_at": 265,
    "setns": 268,
    "process_vm_readv": 270,
    "process_vm_writev": 271,
    "finit_module": 273,
    "bpf": 280,
    "userfaultfd": 282,
    "kexec_file_load": 294,
}


class _Machine(msgspec.Struct, frozen=True):
    arch: int  # AUDIT_ARCH_* of include/uapi/linux/audit.h
    denied: dict[str, int]
    clone: int
    ioctl: int
    socket: int
    clone3: int = 435


_MACHINES = {
    "x86_64": _Machine(0xC000003E, _X86_64 | _COMMON, clone=56, ioctl=16, socket=41),
    "aarch64": _Machine(0xC00000B7, _AARCH64 | _COMMON, clone=220, ioctl=29, socket=198),
}


def program(machine: str) -> bytes:
    """Return the filter for `platform.machine()`, empty for one whose call numbers are not known here.

    Refused calls fail with EPERM, so that tests see an error and not a kill; clone3 fails with ENOSYS because
    its flags lie in memory that a filter cannot read, and the C library then falls back to clone. A call made
    through another architecture's table ends the process.
    """
    known = _MACHINES.get(machine)
    return b"".join(_instructions(known)) if known else b""


def _instructions(machine: _Machine) -> Iterator[bytes]:
    yield _op(_LOAD, _ARCH)
    yield _op(_JUMP_EQ, machine.arch, yes=1)
    yield _op(_RETURN, _KILL)
    yield _op(_LOAD, _NUMBER)
    yield from _when(_JUMP_GE, _X32, _ERRNO | _ENOSYS)
    for number in sorted(machine.denied.values()):
        yield from _when(_JUMP_EQ, number, _ERRNO | _EPERM)
    yield from _when(_JUMP_EQ, machine.clone3, _ERRNO | _ENOSYS)
    yield from _by_argument(
        machine.clone, _ARG0, _when(_JUMP_SET, _CLONE_NEW, _ERRNO | _EPERM), otherwise=_ALLOW
    )
    requests = (_when(_JUMP_EQ, code, _ERRNO | _EPERM) for code in _TERMINAL_REQUESTS)
    yield from _by_argument(machine.ioctl, _ARG1, chain.from_iterable(requests), otherwise=_ALLOW)
    families = (_when(_JUMP_EQ, family, _ALLOW) for family in _FAMILIES)
    yield from _by_argument(
        machine.socket, _ARG0, chain.from_iterable(families), otherwise=_ERRNO | _EAFNOSUPPORT
    )
    yield _op(_RETURN, _ALLOW)


def _when(jump: int, value: int, result: int) -> Iterator[bytes]:
    """Return `result` when the loaded word meets the comparison, go on otherwise."""
    yield _op(jump, value, no=1)
    yield _op(_RETURN, result)


def _by_argument(number: int, offset: int, tests: Iterable[bytes], *, otherwise: int) -> Iterator[bytes]:
    """For the call `number`, load an argument and run the tests; other calls skip all of it."""
    body = [_op(_LOAD, offset), *tests, _op(_RETURN, otherwise)]
    yield _op(_JUMP_EQ, number, no=len(body))
    yield from body


def _op(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    """One `struct sock_filter`."""
    return struct.pack("HBBI", code, yes, no, value)
