using ChatPS.Client.Calls;

namespace ChatPS.Client.Images;

/// <summary>How a connection comes to its pictures.</summary>
public static class ImageAccess
{
    extension(ServiceConnection connection)
    {
        /// <summary>Pictures.</summary>
        public ImageService Images => connection.Service(static connection => new ImageService(connection));
    }
}
