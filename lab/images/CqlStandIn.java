import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers OPTIONS with SUPPORTED, STARTUP with READY and anything else with an error (CQL binary protocol v4 §4.1–4.2). */
final class CqlStandIn {

    private static final int PORT = 9042;
    private static final int LONGEST_BODY = 1 << 20;
    private static final int ERROR = 0x00;
    private static final int STARTUP = 0x01;
    private static final int READY = 0x02;
    private static final int OPTIONS = 0x05;
    private static final int SUPPORTED = 0x06;

    private CqlStandIn() {}

    public static void main(String... args) throws IOException {
        try (ServerSocket server = new ServerSocket(PORT)) {
            while (true) {
                Socket client = server.accept();
                Thread thread = new Thread(() -> serve(client));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket client) {
        try (client;
                DataInputStream in = new DataInputStream(client.getInputStream());
                DataOutputStream out = new DataOutputStream(client.getOutputStream())) {
            while (true) {
                int version = in.readUnsignedByte();
                in.readUnsignedByte(); // flags
                short stream = in.readShort();
                int opcode = in.readUnsignedByte();
                int length = in.readInt();
                if (length < 0 || length > LONGEST_BODY) {
                    return;
                }
                in.skipNBytes(length);
                answer(out, version, stream, opcode);
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static void answer(DataOutputStream out, int version, short stream, int opcode) throws IOException {
        out.writeByte(version | 0x80);
        out.writeByte(0);
        out.writeShort(stream);
        switch (opcode) {
            case OPTIONS -> body(out, SUPPORTED, new byte[2]);
            case STARTUP -> body(out, READY, new byte[0]);
            default -> body(out, ERROR, new byte[] {0, 0, 0, 0x0A, 0, 0});
        }
        out.flush();
    }

    private static void body(DataOutputStream out, int opcode, byte[] body) throws IOException {
        out.writeByte(opcode);
        out.writeInt(body.length);
        out.write(body);
    }
}
