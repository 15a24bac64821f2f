"""Passphrase to keys, slots, recovery card, rotation, and the state of this computer. Knows no tables.

| module | has |
|---|---|
| `slots`, `slot_file` | who may open the store: all the unlock page needs before a passphrase |
| `unlocking` | `create_vault`, `unlock`, `unlock_with_card`, `unlock_with_county`, `Unlocked`, … |
| `tries` | `Tries`: how many tries in vain there were, and how long the next one has to wait |
| `rotation` | `resolve` (how every store is opened), `begin_rotation`, `finish_rotation` |
| `members` | `add_worker`, `change_passphrase`, `reset_passphrase`, `change_roles`, `set_holder`, … |
|  | … `drop_holder`, `rotate` and `recover`, after which the store is rekeyed |
| `slot_seal` | `fingerprint`, `check_fingerprint`, `Tampered` |
| `keys` | `Key`, `Label`, `derive` |
| `card`, `passphrase` | the recovery card; what a passphrase must be |
| `identity_file` | age's text files: the county's public key and its identity |
| `state`, `head`, `device_keys` | which device this is, how far the store had come, signatures |

Nothing is re-exported here, and cryptography and age are imported inside the functions that need them: the
unlock page pays only for what it shows.
"""
