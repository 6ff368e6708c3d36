# Sourced by .ci/uv and .ci/npm: what this machine tells pip, so that other tools can be told the same.
pip_says() { .tools/bin/python -m pip config list 2>/dev/null | sed -n "s/^global\.$1='\(.*\)'$/\1/p"; }
certificates=${PIP_CERT:-$(pip_says cert)}
