"""What a parent agreed to: the joining text, one language model by name, trying times of day."""

import hashlib

YES, NO = "+", "-"
NO_MODEL = "model text 0: none"


def with_model(version: str, model_terms: str) -> str:
    """The version of a consent that covers a model as well; `model_terms` name it."""
    return f"{joining_part(version)}{YES}{model_terms}"


def without_model(version: str, model_terms: str) -> str:
    """The version of a consent of somebody who was asked about a model and said no."""
    return f"{joining_part(version)}{NO}{model_terms}"


def terms(version: str, model: str) -> str:
    """What somebody is asked about a model: the version of the text, and the model it names."""
    return f"model text {version}: {model}"


def times_terms(version: str) -> str:
    """What somebody is asked before times of day are tried: the version of the text."""
    return f"times text {version}"


def tag(model_terms: str) -> str:
    """Short letters that stand for the terms on a button."""
    return hashlib.sha256(model_terms.encode()).hexdigest()[:8]


def covers(version: str, model_terms: str) -> bool:
    """Whether somebody agreed to exactly these terms: an older text or another model is a no."""
    return version.endswith(f"{YES}{model_terms}")


def was_asked(version: str, model_terms: str) -> bool:
    """Whether somebody answered about these terms, either way."""
    return covers(version, model_terms) or version.endswith(f"{NO}{model_terms}")


def joining_part(version: str) -> str:
    """The version of the joining text alone."""
    for mark in (YES, NO):
        version = version.partition(f"{mark}model text ")[0]
    return version
