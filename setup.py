"""Which packages the wheel has, and from which folders. All else about it is in pyproject.toml.

Pages and Streamlit's options stand at the top of a checkout, where `streamlit run app.py` looks for them. Installed,
they are within the package, so that nothing but `visualizer` lies among other people's packages.
"""

from setuptools import find_namespace_packages, setup

ELSEWHERE = {"visualizer.pages": "pages", "visualizer.config": ".streamlit"}

setup(packages=[*find_namespace_packages(include=["visualizer", "visualizer.*"]), *ELSEWHERE], package_dir=ELSEWHERE)
