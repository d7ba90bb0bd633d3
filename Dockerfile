FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/kaikaku
COPY requirements.lock ./
RUN /opt/kaikaku/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml LICENSE ./
COPY bot bot
COPY knowledge knowledge
COPY reminders reminders
# The lock already brought the build backend, so nothing is fetched without a hash.
RUN /opt/kaikaku/bin/pip install --no-cache-dir --no-deps --no-build-isolation .
# Bytecode is made here, where it may be written.
RUN /opt/kaikaku/bin/kaikaku ask 明日の天気は？

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin kaikaku \
    && install -d -o kaikaku -g kaikaku -m 0750 /data
COPY --from=build /opt/kaikaku /opt/kaikaku
ENV PATH=/opt/kaikaku/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    KAIKAKU_DATA=/data \
    KAIKAKU_HOST=0.0.0.0 \
    KAIKAKU_PORT=8000 \
    KAIKAKU_IDENTITY=none
USER kaikaku
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"KAIKAKU_PORT\"]}/healthz', timeout=4)"]
CMD ["kaikaku", "serve"]
