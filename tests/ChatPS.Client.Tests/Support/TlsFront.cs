using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ChatPS.Client.Tests;

/// <summary>Speaks TLS to clients, and hands what they say on to a server that does not.</summary>
internal sealed class TlsFront : Relay
{
    private readonly Uri _inner;
    private readonly SslServerAuthenticationOptions _options;
    private readonly ConcurrentQueue<(SslProtocols Protocol, string? Client, string Application)> _handshakes = new();
    private int _connections;

    private TlsFront(Uri inner, SslServerAuthenticationOptions options)
    {
        _inner = inner;
        _options = options;
        Begin();
    }

    public Uri BaseUri => new($"https://localhost:{Port}/v1");

    /// <summary>How many clients came, whether or not they went on.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The version of TLS, the subject of the client's certificate and the protocol within, for each handshake that succeeded.</summary>
    public IReadOnlyCollection<(SslProtocols Protocol, string? Client, string Application)> Handshakes => _handshakes;

    public static TlsFront Start(Uri inner, X509Certificate2 certificate, SslProtocols protocols = SslProtocols.None, bool demandsCertificate = false, bool offersHttp2 = false) => new(
        inner,
        new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            EnabledSslProtocols = protocols,
            ClientCertificateRequired = demandsCertificate,
            RemoteCertificateValidationCallback = (_, own, _, _) => !demandsCertificate || own is not null,
            ApplicationProtocols = offersHttp2 ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : null,
        });

    protected override async Task ServeAsync(Stream client)
    {
        Interlocked.Increment(ref _connections);
        await using SslStream stream = new(client);
        await stream.AuthenticateAsServerAsync(_options, Stopping);
        _handshakes.Enqueue((stream.SslProtocol, stream.RemoteCertificate?.Subject, stream.NegotiatedApplicationProtocol.ToString()));
        await (stream.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2 ? Http2.AnswerAsync(stream, Engine.Answer("two"), Stopping) : TunnelAsync(stream, _inner));
    }
}
