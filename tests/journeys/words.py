"""What parents say in the journeys, by what is done with it; asserted nowhere but here."""

ORDINARY = "he nods at everything I say, then does the opposite"
ANOTHER_ORDINARY = "How do I praise him without overdoing it?"
URGENT = "She told me tonight she wants to kill herself"
ANOTHER_URGENT = "My husband hit me again and I am scared to go home"
DOUBTFUL = "I don't know how much longer I can keep going like this"
ADMIN = "Could you send me the invoice for last month?"
CLINICAL = "Should we stop his medication over the holidays?"

ANSWER = "Try this"
"""Stands in every answer from the guidance, and in nothing else."""

CHECK = "anyone hurt, in danger or unsafe right now?"
HOLDING = "This needs a person, so I am not answering it."
