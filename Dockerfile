# The router, the rebalancer and the demo VVM in one image: docker build -t evenkeel/evenkeel .
FROM eclipse-temurin:17-jdk AS build
ENV JDK_HOME=/opt/java/openjdk
WORKDIR /src
COPY docker docker
RUN docker/jre "$JDK_HOME" /made/java
COPY . .
RUN ./mvnw -B -ntp -q -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true package && docker/layout cli/target /made/evenkeel

FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends busybox-static zlib1g && rm -rf /var/lib/apt/lists/* \
    && ln -s /bin/busybox /usr/bin/wget && groupadd -g 65532 evenkeel && useradd -u 65532 -g 65532 -d / -s /usr/sbin/nologin evenkeel
COPY --from=build /made/java /opt/java
COPY --from=build /made/evenkeel /opt/evenkeel
ENV PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin
RUN /opt/evenkeel/bin/archive-classes
USER 65532:65532
EXPOSE 8080 9042 9901
# For the router; a stack says what is healthy for the others. The root file system may be read-only with a tmpfs on /tmp.
HEALTHCHECK --interval=3s --timeout=2s --start-period=60s --retries=5 CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9901/healthz"]
ENTRYPOINT ["/opt/evenkeel/bin/evenkeel"]
CMD ["run", "--config", "/etc/evenkeel/evenkeel.yaml"]
