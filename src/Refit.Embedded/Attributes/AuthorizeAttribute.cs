namespace Refit;

/// <summary>The parameter is the credential of the Authorization header.</summary>
/// <param name="scheme">The scheme in front of it.</param>
[AttributeUsage(AttributeTargets.Parameter)]
internal class AuthorizeAttribute(string scheme = "Bearer") : Attribute
{
    /// <summary>The scheme.</summary>
    public string Scheme { get; } = scheme;
}
