using ChatPS.Client.Calls;
using ChatPS.Client.Connections;

namespace ChatPS.Client.Images;

/// <summary>A form in which services are asked for pictures. A dialect lists those that its services have among its families.</summary>
internal interface IImages
{
    /// <summary>Gets the name to choose the form by.</summary>
    string Form { get; }

    /// <summary>Gets the most pictures that one request asks for.</summary>
    int MostAtOnce { get; }

    /// <summary>Gets the parameters that have a place in the form; all others are refused before anything is sent.</summary>
    IReadOnlyCollection<string> Supported { get; }

    /// <summary>Whether an address is of those who made the form, and take no other.</summary>
    /// <param name="address">The address of the service.</param>
    /// <returns>Whether it is.</returns>
    bool IsOf(Uri address);

    /// <summary>Sends one request.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="request">What to ask, in order, for no more pictures than one request takes.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What the call does otherwise.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The pictures, and previews before them where these are asked for. There is at least one picture.</returns>
    IAsyncEnumerable<ChatImage> MakeAsync(ServiceConnection connection, ImageRequest request, string model, CallSettings settings, CancellationToken cancellationToken);
}
