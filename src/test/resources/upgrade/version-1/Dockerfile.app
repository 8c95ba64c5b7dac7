FROM scratch
COPY requirements*.txt /app/
COPY scripts/run.sh /usr/bin/run
COPY third/lib /lib
RUN --mount=type=bind,source=conf,target=/conf true
