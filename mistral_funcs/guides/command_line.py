r"""The command line: every operation as a command.

Each operation is a command, derived from its signature and its docstring. Install the extra `cli`:

```console
$ pip install '.[cli]'
$ mistral-funcs --sandbox models list
$ export MISTRAL_API_KEY=...
$ mistral-funcs chat complete "Who painted the Night Watch?" --model mistral-large-latest
$ git diff | mistral-funcs chat complete - --messages @review.json --model mistral-large-latest
$ mistral-funcs files upload train.jsonl --purpose fine-tune
$ mistral-funcs fine-tuning jobs create --model open-mistral-7b --training-files FILE_ID \
      --hyperparameters '{"training_steps": 10}'
$ mistral-funcs fine-tuning jobs watch JOB_ID
$ mistral-funcs models list --json | jq --raw-output '.data[].id'
$ mistral-funcs audio speech complete "Good morning." --output morning.mp3
```

`watch` draws the progress of a job, and its loss:

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

- **For people and for pipes**: tables and colours on a terminal, complete rows without colour in a
  pipe, and `--json` for programs: one document, or one per line for several.
- **A conversation**: `chat` without a command reads messages line by line, from a terminal or a
  pipe, streams the responses and keeps the history. `--system TEXT` gives instructions, `--model`
  and `--agent ID` choose who responds. Ctrl-C stops a response; `/quit` or Ctrl-D ends the
  conversation. A failed call is reported, and its message is removed from the history.
- **Objects** are JSON text, or `@` and the name of a file, JSON or JSON Lines in any UTF encoding:
  `--tools @tools.json`. Standard input is appended to the question. Lists repeat their option or
  take several values.
- **Exit codes**: 0 is `Ok`, 1 is `Err` or a job that did not succeed, 2 is wrong usage, 130 is
  Ctrl-C, 141 is a closed pipe. Errors are on standard error, with advice and the request ID.
- **Offline**: `--sandbox`, before or after any command, runs on a sandbox of its own, which has a
  file and two jobs.
- **Keys** are read from the environment only: other users can see a command line.
- **Completion** for bash, zsh, fish and PowerShell: `mistral-funcs --install-completion`.
"""
