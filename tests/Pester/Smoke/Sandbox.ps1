$null = Invoke-ChatTextCompletion -Prompt 'hi' -Temperature 1.75 -Connection $name
$request = @(Get-ChatSandboxRequest -Name $name | Where-Object { $_.Body -like '*"temperature":1.75*' })[0]
Assert-Smoke $request.Prompt hi
Assert-Smoke $request.Headers.Authorization 'Bearer ****'
$request
