"""The lab "Playground" (slide 10): a net, data, a way to train -> the training as a film, and what came of it."""

from visualizer.bridges.playground_to_walk import draw_walk
from visualizer.labs.kit.lab import draw_experiment
from visualizer.labs.playground import own_net
from visualizer.labs.playground.experiment import forget_first
from visualizer.labs.playground.panels import draw_panels
from visualizer.labs.playground.settings import ADDRESS
from visualizer.labs.playground.share import draw_saving
from visualizer.labs.playground.views import film_page, playground
from visualizer.labs.taught import PLAYGROUND as PLAYGROUND_TAUGHT
from visualizer.ui import frame

QUESTION = "What does each unit learn, and when?"

ADDRESS.check(own_net.forget)
if frame.entered():
    forget_first()
with frame.toolbar():
    panels = draw_panels()
    draw_saving()
settings = panels.settings
with film_page(QUESTION):
    ADDRESS.draw_notice()
    own_net.draw_note()
    own = settings.chosen.own or settings.own is not None
    draw_experiment(playground(draw_walk), settings, panels.beside, own=own, taught=PLAYGROUND_TAUGHT)
