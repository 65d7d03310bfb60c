r"""The command line: questions, pipes, attachments, lists and scripts.

Each operation is a command, derived from its signature and its docstring. Install the extra `cli`:

```console
$ pip install '.[cli]'                          # in a checkout
$ mistral-funcs --sandbox models list           # try it offline, without a key
$ export MISTRAL_API_KEY=...
$ mistral-funcs config set model mistral-large-latest
$ mistral-funcs chat complete Who painted the Night Watch?
```

The API key is read only from the environment, because other users can see a command line, and
settings files get copied. `mistral-funcs --help` lists the commands; `--help` after a command
explains its options.

## Questions

```console
$ mistral-funcs chat complete explain the Night Watch to a child --system "Be brief."
$ git diff | mistral-funcs chat complete explain this
$ mistral-funcs chat complete "What's on this picture?" --attach photo.jpg
$ mistral-funcs chat complete compare these -a report-2024.pdf -a https://example.com/report.pdf
$ mistral-funcs beta conversations start Who painted the Night Watch?
$ mistral-funcs responses create Who painted the Night Watch?
```

The commands of `chat`, `agents`, `responses` and `beta conversations` take a question. It needs no
quotes unless it contains something that your shell interprets, such as an apostrophe. If a word
begins with a dash, put `--` before the question.

- **Standard input** is appended to the question. It is read if it is a pipe or a file; in a loop
  such as `while read`, add `< /dev/null`, or the command consumes the input of the loop.
- **Earlier messages** are passed with `--messages`, `--inputs` or `--input`, as JSON or as
  `@FILE`.
- `--system TEXT` (`-s`) gives instructions.
- `--attach FILE` (`-a`) adds a file to the question: an image, a PDF or office file, a recording,
  or text in UTF-8. The URL of a file or the ID of an uploaded one works too. A file of more than 4
  MiB is uploaded, and deleted after a day. `responses` accepts no recordings.

The **model** is taken from `--model`, the environment variable MISTRAL_MODEL or the settings. The
latter two apply only to questions: a chat model cannot create embeddings or complete code.

On a terminal, text is **streamed** by every command whose operation has a streaming variant, such
as `chat complete`, `fim complete` or `audio transcriptions complete`. In a pipe and with `--json`,
the response is printed when it is complete, so a failure leaves no partial output. `chat stream`
always streams.

`mistral-funcs chat` without a subcommand starts a **conversation**: it reads messages line by
line, from a terminal or a pipe, streams the responses and keeps the history. `--model` and
`--agent ID` select who responds. Ctrl-C stops a response; `/quit` or Ctrl-D ends the conversation.
If a call fails, the error is printed, and the message is removed from the history.

## Settings

```console
$ mistral-funcs config show
$ mistral-funcs config set model mistral-small-latest
$ mistral-funcs config set server eu
$ mistral-funcs config unset server
```

`config show` also shows where each value comes from. The file is `mistral-funcs/config.json` in
the configuration folder of the platform:

| platform | folder |
|---|---|
| any, if XDG_CONFIG_HOME is set | `$XDG_CONFIG_HOME` |
| Linux and others | `~/.config` |
| macOS | `~/Library/Application Support` |
| Windows | `%APPDATA%` |

An option takes precedence over an environment variable (MISTRAL_MODEL, MISTRAL_SERVER_URL), and
that over a setting. `--server eu` calls one of Mistral's servers, `--server-url URL` any other.

## Lists and pipes

```console
$ mistral-funcs files list --all
$ mistral-funcs files list --all | cut -f 1
$ mistral-funcs models list --json | jq --raw-output '.data[].id'
$ mistral-funcs --sandbox files list -v
```

On a terminal, lists are tables that fit its width, with sizes such as "7.1 kB" and ages such as "3
hours ago"; below 60 columns, each item is a record of its own. In a pipe, each row is a line,
without a header; its cells are complete and separated by tabs, sizes are in bytes, and times in
ISO 8601. `--json` prints one JSON document, or one per line if there are several.

`--all` requests all pages of a list. With `--json`, it prints a document like that of one page. If
a page fails, nothing is printed.

Text from servers and models cannot control the terminal: control characters and bidirectional
marks are printed as escapes. NO_COLOR turns off colours, `TERM=dumb` all escape sequences. In the
C locale, lines are drawn in ASCII.

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

- **Objects** are passed as JSON, or as `@` and a file of JSON or JSON Lines in any UTF encoding:
  `--tools @tools.json`. For a list, repeat the option or pass several values.
- **Files are not overwritten**: `--output` refuses a file that has content, before anything is
  sent, unless you pass `--force`. Devices and pipes are written to directly.
- **Deleting asks for confirmation** if standard input is a terminal, and standard error or
  standard output too. `--yes` (`-y`) skips the question. Without a terminal, as in a script,
  nothing is asked.

`watch` shows the progress of a job and a chart of its losses:

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
| 0 | success |
| 1 | the call failed, a job did not succeed, or you declined to delete |
| 2 | the command line or the settings are invalid |
| 4 | the API key is missing, cannot be sent, or was refused by the server (401) |
| 130 | Ctrl-C |
| 141 | the program that reads the output closed the pipe |

Errors are printed on standard error, with advice and the request ID. `-v` logs each request there:
method, path, status, duration and request ID, but neither keys nor content. `--timeout SECONDS`
limits a call, retries included.

`--sandbox`, before or after any command, runs it on a new sandbox, which has a file and two jobs
to list and to watch.

## Completion

```console
$ mistral-funcs --install-completion
$ mistral-funcs --show-completion --shell zsh > _mistral-funcs
```

The first line installs completion for your shell (bash, zsh, fish or PowerShell); the second only
prints the script.
"""
