$file = New-TemporaryFile
$pictures = "$($file.FullName)-pictures"
$made = New-ChatImage 'a cat' -Model sandbox-mini -Size 64x32 -OutDirectory $pictures -Connection $name
Assert-Smoke "$($made.Width)x$($made.Height) $(Split-Path $made.Path -Leaf)" '64x32 0001.png'
Assert-Smoke (Edit-ChatImage 'Make it night' $made.Path -Model sandbox-mini -Connection $name).MediaType 'image/png'
Assert-Smoke (Split-Path (New-ChatImage 'a dog' -Model sandbox-picture -Connection $name | Save-ChatImage (Join-Path $pictures b) -Connection $name).Path -Leaf) '0001.png'
$linked = Invoke-ChatCompletion 'Repeat: data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' -Model sandbox-mini -Connection $name
Assert-Smoke ($linked.Media[0].MediaType) 'image/gif'
Assert-Smoke (Split-Path ($linked | Save-ChatMedia (Join-Path $pictures c)).Path -Leaf) '0001.gif'
Remove-Item -Path $file.FullName, $pictures -Recurse
