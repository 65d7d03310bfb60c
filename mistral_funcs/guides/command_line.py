r"""On the command line: questions, pipes, attachments, lists, and what scripts need.

Each operation is a command, made from its signature and its docstring. The library that does it
comes as an extra:

```console
$ pip install '.[cli]'                          # in a checkout
$ mistral-funcs --sandbox models list           # try it offline, without a key
$ export MISTRAL_API_KEY=...
$ mistral-funcs config set model mistral-large-latest
$ mistral-funcs chat complete Who painted the Night Watch?
```

The API key comes from the environment alone: a command line is seen by others, and settings are
copied around. `mistral-funcs --help` lists the commands, and each of them explains its options.

## Questions

```console
$ mistral-funcs chat complete explain the Night Watch to a child --system "Be brief."
$ git diff | mistral-funcs chat complete explain this
$ mistral-funcs chat complete "What's on this picture?" --attach photo.jpg
$ mistral-funcs chat complete compare these -a report-2024.pdf -a https://example.com/report.pdf
$ mistral-funcs beta conversations start Who painted the Night Watch?
$ mistral-funcs responses create Who painted the Night Watch?
```

A question of several words needs no quotes, except around what your shell or the program takes for
something else, such as an apostrophe or a word that begins with a dash; a `--` in front of the
question helps with the latter. These commands take a question: those of `chat`, `agents`,
`responses` and `beta conversations`.

- **Standard input** is appended to the question. It is read if it is a pipe or a file; in a loop
  such as `while read`, add `< /dev/null`, so that the command leaves the loop its input.
- **Earlier messages** come with `--messages`, `--inputs` or `--input`, as JSON or `@` and a file.
- `--system TEXT` (`-s`) gives instructions.
- `--attach FILE` (`-a`) adds a file to the question, by its type: images, PDFs and office files,
  recordings, and text in UTF-8 as it is. A URL or the id of an uploaded file will do, too. A file
  of more than 4 MiB is uploaded, and deleted after a day. Responses accept no recordings.

The **model** is that of `--model`, of the environment variable MISTRAL_MODEL, or of the settings.
This default is for questions alone: a model that chats makes no embeddings and completes no code.

On a terminal, text is **streamed** by every command whose operation has a streaming twin, such as
`chat complete`, `fim complete` or `audio transcriptions complete`. In a pipe and with `--json`, the
response is whole: if it fails, there is no half of it. `chat stream` streams everywhere.

`mistral-funcs chat` without a command is a **conversation**: it reads messages line by line, from a
terminal or a pipe, streams the responses and keeps the history. `--model` and `--agent ID` choose
who responds. Ctrl-C stops a response; `/quit` or Ctrl-D ends the conversation. A failed call is
reported, and its message leaves the history.

## Settings

```console
$ mistral-funcs config show
$ mistral-funcs config set model mistral-small-latest
$ mistral-funcs config set server eu
$ mistral-funcs config unset server
```

`config show` also says where each value comes from. The file is `mistral-funcs/config.json` in the
configuration folder of the platform:

| platform | folder |
|---|---|
| any, if XDG_CONFIG_HOME is set | that one |
| Linux and others | `~/.config` |
| macOS | `~/Library/Application Support` |
| Windows | `%APPDATA%` |

An option comes before an environment variable (MISTRAL_MODEL, MISTRAL_SERVER_URL), and that before
a setting. `--server eu` calls one of Mistral's servers, `--server-url URL` any other.

## Lists and pipes

```console
$ mistral-funcs files list --all
$ mistral-funcs files list --all | cut -f 1
$ mistral-funcs models list --json | jq --raw-output '.data[].id'
$ mistral-funcs --sandbox files list -v
```

On a terminal, lists are tables that fit its width, with sizes such as "7.1 kB" and ages such as
"3 hours ago"; below 60 columns they are records. In a pipe, each row is a line without titles, its
cells are complete and separated by tabs, sizes are numbers of bytes, and times are in ISO 8601.
`--json` prints one JSON document, or one a line where there are many.

`--all` requests all pages of a list. With `--json`, it prints a document like that of one page. If
a page fails, nothing is printed.

What a server or a model says never drives the terminal: control characters and marks that reorder
text are printed as escapes. Colours follow NO_COLOR; with `TERM=dumb` there are no escape
sequences. In the locale C, lines are drawn in ASCII.

## Files and jobs

```console
$ mistral-funcs files upload train.jsonl --purpose fine-tune
$ mistral-funcs fine-tuning jobs create --model open-mistral-7b --training-files FILE_ID \
      --hyperparameters '{"training_steps": 10}'
$ mistral-funcs fine-tuning jobs watch JOB_ID
$ mistral-funcs audio speech complete "Good morning." --output morning.mp3
$ mistral-funcs files download FILE_ID --output train.jsonl --force
$ mistral-funcs files delete FILE_ID --yes
```

- **Objects** are JSON text, or `@` and a file of it, JSON or JSON Lines in any UTF encoding:
  `--tools @tools.json`. Lists repeat their option or take several values.
- **Files are not overwritten**: `--output` refuses a file that has content, before anything is
  sent, unless there is `--force`. Devices and pipes are written as they are.
- **Deleting asks first** if a person is there: standard input is a terminal, and standard error or
  standard output is one. `--yes` (`-y`) says so beforehand. Without a terminal, nothing is asked:
  scripts delete at once.

`watch` draws how far a job is, and how its loss falls:

```console
status            SUCCESS
id                00000002-0000-4000-8000-000000000002
model             open-mistral-7b
fine tuned model  ft:open-mistral-7b:support:20250901:56c4db0d
progress          ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━  30/30 steps
train loss        0.5
validation loss   0.55

       1.1 ┤⠉⠒⠢⠤⣀⣀
           │⠒⠤⠤⣀⡀ ⠉⠑⠒⠤⢄⣀
           │    ⠈⠉⠑⠒⠤⠤⣀⡀⠉⠑⠒⠤⠤⣀⡀
           │           ⠈⠉⠑⠒⠢⠤⣀⣈⠉⠒⠢⠤⣀⡀
           │                   ⠉⠑⠒⠢⠤⣈⣉⠑⠒⠤⢄⣀⣀
           │                          ⠉⠑⠒⠢⠤⠤⣉⣉⣉⠒⠒⠒⠢⠤⠤⢄⣀⣀⣀
           │                                   ⠉⠉⠉⠑⠒⠒⠢⠤⠤⠤⣉⣉⣉⡑⠒⠒⠢⠤⠤⠤⣀⣀⣀
       0.5 ┤                                                ⠈⠉⠉⠑⠒⠒⠒⠤⠤⠤⣉⣉
           └────────────────────────────────────────────────────────────
            10                                                   step 30
```

## Scripts

| exit code | meaning |
|---|---|
| 0 | it succeeded |
| 1 | the call failed, a job did not succeed, or you declined to delete |
| 2 | the command line or the settings are invalid |
| 4 | there is no API key, it cannot be sent, or the server refused it (401) |
| 130 | Ctrl-C |
| 141 | the reader of a pipe has closed it |

What went wrong is on standard error, with what to do and the request id. `-v` logs each request
there: method, path, status, duration and request id, but neither keys nor content. `--timeout
SECONDS` limits a call, retries included.

`--sandbox`, before or after any command, runs it on a sandbox of its own, with a file and two jobs
to list and to watch.

## Completion

```console
$ mistral-funcs --install-completion
$ mistral-funcs --show-completion --shell zsh > _mistral-funcs
```

The first line changes the settings of your shell (bash, zsh, fish or PowerShell), the second only
prints the script.
"""
