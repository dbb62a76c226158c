"""Languages told offline; whatever is short or unclear is English."""

import pytest

from bot.adapters.language import Languages


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "How do I get her to sleep in her own bed?"),
        ("en", "ok"),
        ("en", "👍"),
        ("en", ""),
        ("en", "pls help hes 4 n wont eat"),
        ("en", "I want to die, that's all."),
        ("en", "abeg how I go take make am sleep, he dey wake every night"),
        ("es", "Mi hijo no quiere dormir solo desde que nos mudamos"),
        ("fr", "Ma fille refuse de manger à table avec nous le soir"),
        ("de", "Mein Sohn will abends nicht mehr alleine einschlafen"),
        ("pt", "Meu filho não quer mais dormir sozinho no quarto dele"),
        ("pl", "Córka nie chce spać sama w swoim pokoju"),
        ("tr", "Kızım artık kendi odasında uyumak istemiyor"),
        ("ar", "ابني لا يريد النوم وحده"),
        ("hi-Latn", "meri beti raat ko akele sone se darti hai, kya karun"),
        ("ru", "Сын не хочет спать один в своей комнате"),
    ],
)
def test_the_language_of_a_message_is_told(languages: Languages, code: str, text: str) -> None:
    assert languages.tell(text) == code
