using System.Security.Authentication;

namespace ChatPS.Client.Connections;

/// <summary>A server's certificate that is not accepted.</summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="advice">What to do about it.</param>
internal sealed class CertificateException(string message, string advice) : AuthenticationException(message)
{
    public string Advice { get; } = advice;
}
