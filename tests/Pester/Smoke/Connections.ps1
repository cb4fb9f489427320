Assert-Smoke $connection.TimeoutSec.Equals(30.5) True
Assert-Smoke (Get-ChatConnection -Name $name).KeySource Parameter
Assert-Smoke (Test-ChatConnection -Name $name).Success True

Assert-Smoke (Get-ChatProvider -Name groq).BaseUri 'https://api.groq.com/openai/v1'
$port = $sandbox.Port
Assert-Smoke (@(Find-ChatService -Port $port -TimeoutSec 10 | Where-Object { $_.BaseUri.Port -eq $port }).Count) 0

Connect-ChatService -BaseUri $sandbox.BaseUri -Name "${name}Saved" -Isolated
Save-ChatConnection -Name "${name}Saved"
Assert-Smoke (Get-ChatConnection -Name "${name}Saved" -Saved).Name "${name}Saved"
Remove-ChatConnection -Name "${name}Saved"
Disconnect-ChatService -Name "${name}Saved"
