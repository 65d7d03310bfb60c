r"""Prompts and skills under version control.

Each change of a prompt creates a version. An alias such as `production` refers to one of them;
move it to another version without changing your code:

```python
import asyncio

from mistral_core import MistralCore
from mistral_funcs import beta_prompts_create, beta_prompts_create_version, beta_prompts_get
from mistral_funcs.schemas import PromptDefinition


async def main() -> None:
    async with MistralCore() as client:
        hello = PromptDefinition(content="Say hello to {{name}}.")
        prompt = (await beta_prompts_create(client, name="hello", definition=hello)).unwrap()
        warm = PromptDefinition(content="Welcome {{name}} warmly.")
        await beta_prompts_create_version(
            client, str(prompt.id), definition=warm, aliases=["production"]
        )
        print(await beta_prompts_get(client, str(prompt.id), alias="production"))


asyncio.run(main())
```

Skills have versions and aliases in the same way: see `beta_skills_create`,
`beta_skills_create_version` and `beta_skills_get`.
"""
