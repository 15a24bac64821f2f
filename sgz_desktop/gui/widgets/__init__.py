"""The parts pages are put together from. Each takes plain values and tells by signals; none knows a record.

| file | what it gives |
|---|---|
| `labels` | `label`, `paragraph`, `Elided`, `IconLabel`, `keycap`, `rule`, `set_tone` |
| `buttons` | `button`, `link`, `icon_button`, `menu_button` |
| `inputs`, `segmented`, `field_frame` | text, choice, tick, 密码, switch; frame with label and message |
| `page_head`, `card`, `band`, `badge`, `avatar` | head; card, list card; sentence with actions; small words |
| `tabs`, `chips`, `search_box` | one of some views; one of some filters; search as you type |
| `record_list`, `timeline`, `data_table` | painted lists of any length on `windowed_model` |
| `bars`, `legend`, `stage_bar` | painted plots on `painted_rows`, rows open their records; stages of a case |
| `empty_state`, `progress`, `toast`, `cover` | nothing here; long work; a passing sentence; 遮挡 |
| `scroll`, `reflow`, `card_grid` | a scrolling column; side panel under, two steps; equal columns |
| `pdf_preview`, `pdf_pages` | a PDF seen page by page, in memory |
| `side_bar`, `nav_item`, `worker_row`, `big_choice`, `hills` | parts of the frame, unlock page and wizard |
"""
