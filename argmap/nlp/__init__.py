"""Models: pairs of texts to probabilities, texts to vectors. The only room with torch in it."""

from argmap.nlp.fake import FakeClassifier, FakeEncoder
from argmap.nlp.protocol import CLASSES, Encoder, PairClassifier, Progress

__all__ = ["CLASSES", "Encoder", "FakeClassifier", "FakeEncoder", "PairClassifier", "Progress"]
