"""What a power cut leaves of files, from the log of Tests/LostWrites/lost-writes.c.

The state at the last sync is durable. Of the changes since then a disk may have any: here all are lost,
or the newest, or any sectors of 512 bytes of any of them.
"""

import os
import struct


class PowerCut:
    def __init__(self, log):
        """Reads a log; a last record that the kill cut short is of a change that was not made."""
        data = open(log, "rb").read()
        self.names, self.pending, self.made = {}, [], set()
        at = 0
        while at + 64 <= len(data):
            kind, file, offset, size, before, after, _, _ = struct.unpack("<8q", data[at:at + 64])
            start = at + 64
            if start + before + after > len(data):
                break
            self.take(kind, file, offset, size, data[start:start + before],
                      data[start + before:start + before + after])
            at = start + before + after

    def take(self, kind, file, offset, size, before, after):
        if kind == 1:
            self.names[file] = after.decode()
        elif kind == 2:
            self.made.add(file)
        elif kind in (3, 4):
            self.pending.append((kind == 4, file, offset, size, before, after))
        elif kind == 5:
            self.pending = [change for change in self.pending if change[1] != file]
        elif kind == 6:
            self.made = set()
        else:
            self.pending = [change for change in self.pending if change[1] != file]
            self.made.discard(file)
            self.names.pop(file, None)

    def apply(self, loss, generator):
        """Makes the files what they are when the power comes back; how many changes are lost."""
        lost = 0
        first = generator.randint(0, len(self.pending)) if loss == "newest" else 0
        for file, name in self.names.items():
            if not os.path.exists(name):
                continue
            if file in self.made and (loss != "sectors" or generator.random() < 0.5):
                os.remove(name)
                lost += 1
                continue
            mine = [(place, change) for place, change in enumerate(self.pending) if change[1] == file]
            if not mine:
                continue
            content = bytearray(open(name, "rb").read())
            for _, change in reversed(mine):
                self.undo(change, content)
            for place, change in mine:
                if loss == "newest" and place < first:
                    self.redo(change, content)
                elif loss != "sectors" or not self.redo_sectors(change, content, generator):
                    lost += 1
            with open(name, "wb") as out:
                out.write(content)
        # Shared memory beside the database does not outlive the power.
        for name in self.names.values():
            if name.endswith("-wal") and os.path.exists(name[:-3] + "shm"):
                os.remove(name[:-3] + "shm")
        return lost

    @staticmethod
    def resize(content, size):
        if size < len(content):
            del content[size:]
        else:
            content.extend(bytes(size - len(content)))

    def put(self, content, offset, data):
        if len(content) < offset + len(data):
            self.resize(content, offset + len(data))
        content[offset:offset + len(data)] = data

    def undo(self, change, content):
        _, _, offset, size, before, _ = change
        self.resize(content, size)
        self.put(content, offset, before)
        self.resize(content, size)

    def redo(self, change, content):
        is_cut, _, offset, _, _, after = change
        if is_cut:
            self.resize(content, offset)
        else:
            self.put(content, offset, after)

    def redo_sectors(self, change, content, generator):
        """Each sector got to the disk or did not; whether all of them did."""
        is_cut, _, offset, _, _, after = change
        if is_cut:
            is_kept = generator.random() < 0.5
            if is_kept:
                self.redo(change, content)
            return is_kept
        is_whole, start = True, 0
        while start < len(after):
            end = min(len(after), start + 512 - (offset + start) % 512)
            if generator.random() < 0.5:
                self.put(content, offset + start, after[start:end])
            else:
                is_whole = False
            start = end
        return is_whole
