"""Weather with two tools: the model looks up a city, then its forecast."""

from typing import Annotated, Literal

from mistral_core import MistralCore
from mistral_funcs import ToolError, Tools, chat_complete, run

CITIES = {"Paris": (48.86, 2.35), "Rome": (41.89, 12.48)}


def find_city(city: Annotated[str, "English name of the city"]) -> dict[str, float]:
    """Return the coordinates of a city."""
    if city not in CITIES:
        raise ToolError(f"Unknown city. Known cities: {', '.join(CITIES)}")
    latitude, longitude = CITIES[city]
    return {"latitude": latitude, "longitude": longitude}


async def get_forecast(
    latitude: float, longitude: float, unit: Literal["C", "F"] = "C"
) -> dict[str, float | str]:
    """Return tomorrow's temperature at a place."""
    celsius = 30 - abs(latitude) / 4 + abs(longitude) / 100
    return {"temperature": celsius if unit == "C" else celsius * 1.8 + 32, "unit": unit}


async def ask(client: MistralCore, question: str, *, model: str = "mistral-large-latest") -> str:
    """Return the response to a question about the weather."""
    result = await run(
        Tools(find_city, get_forecast, max_turns=5),
        chat_complete,
        client,
        model=model,
        messages=[{"role": "user", "content": question}],
    )
    return result.unwrap().text
