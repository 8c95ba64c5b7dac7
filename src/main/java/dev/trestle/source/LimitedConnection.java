package dev.trestle.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.eclipse.jgit.util.HttpSupport;
import org.jspecify.annotations.Nullable;

/** A connection of which only so much is read. Packed bytes count as they are unpacked, since that takes the memory. */
final class LimitedConnection extends JDKHttpConnection {
    private final Allowance allowance;

    LimitedConnection(URL url, Proxy proxy, Allowance allowance) throws IOException {
        super(url, proxy);
        this.allowance = allowance;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        if (isBeginning() && !isSmart()) {
            throw new Refused(
                    "the server does not speak git's smart HTTP protocol, which is the only one that is read");
        }
        var sent = super.getInputStream();
        var packed = HttpSupport.ENCODING_GZIP.equals(super.getHeaderField(HttpSupport.HDR_CONTENT_ENCODING));
        var read = allowance.limit(packed ? new GZIPInputStream(sent) : sent);
        return isBeginning() ? new ObjectFormat(read) : read;
    }

    private boolean isBeginning() {
        return getURL().getPath().endsWith("/info/refs");
    }

    /** JGit would walk from object to object by itself, without any limit. */
    private boolean isSmart() {
        return String.valueOf(getContentType()).startsWith("application/x-git-");
    }

    /** No other code unpacks it. */
    @Override
    public @Nullable String getHeaderField(String name) {
        return name.equals(HttpSupport.HDR_CONTENT_ENCODING) ? null : super.getHeaderField(name);
    }
}
