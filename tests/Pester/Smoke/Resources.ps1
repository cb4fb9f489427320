$unique = New-TemporaryFile
$folder = "$($unique.FullName)-folder"
$null = New-Item -ItemType Directory (Join-Path $folder skill)
Set-Content (Join-Path $folder notes.md) 'web01 is the mail server.' -Encoding ascii
Set-Content (Join-Path $folder more.md) 'web02 is its spare.' -Encoding ascii
Set-Content (Join-Path $folder 'skill/SKILL.md') "name: triage`ndescription: Sorts tickets." -Encoding ascii
Set-Content (Join-Path $folder agreed.wav) 'RIFF' -Encoding ascii

$store = New-ChatVectorStore -Connection $name notes
Assert-Smoke ($store | Set-ChatVectorStore -Name archive -PassThru).Name archive
$file = $store | Add-ChatVectorStoreFile -Path (Join-Path $folder notes.md)
Assert-Smoke ($file | Wait-ChatVectorStoreFile).Status completed
Assert-Smoke ($store | Wait-ChatVectorStore).CompletedCount 1
Assert-Smoke ($store | Search-ChatVectorStore 'mail server').Text 'web01 is the mail server.'
Assert-Smoke ($file | Set-ChatVectorStoreFile -Attribute @{ team = 'ops' } -PassThru).Attributes.team ops
Assert-Smoke ($store | Get-ChatVectorStoreFile).Id $file.Id
$file | Save-ChatVectorStoreFile -Path (Join-Path $folder text.txt)
Assert-Smoke (Get-Content (Join-Path $folder text.txt) -Encoding ascii) 'web01 is the mail server.'
$two = $store | Add-ChatVectorStoreFile -Path (Join-Path $folder *.md)
Stop-ChatVectorStoreBatch -Connection $name $store.Id $two[0].BatchId
Assert-Smoke (Get-ChatVectorStoreBatch -Connection $name $store.Id $two[0].BatchId).Status cancelled
$file | Remove-ChatVectorStoreFile
$store | Remove-ChatVectorStore
Assert-Smoke @(Get-ChatVectorStore -Connection $name).Count 0

$container = New-ChatContainer -Connection $name sums
$put = $container | Add-ChatContainerFile -Path (Join-Path $folder notes.md)
Assert-Smoke ($container | Get-ChatContainerFile).Path /mnt/data/notes.md
$put | Save-ChatContainerFile -Path (Join-Path $folder copy.md)
Assert-Smoke (Get-Content (Join-Path $folder copy.md) -Encoding ascii) 'web01 is the mail server.'
$put | Remove-ChatContainerFile
$container | Remove-ChatContainer
Assert-Smoke @(Get-ChatContainer -Connection $name).Count 0

$conversation = New-ChatConversation -Connection $name
Assert-Smoke ($conversation | Set-ChatConversation -Metadata @{ a = 'b' } -PassThru).Metadata.a b
$item = $conversation | Add-ChatConversationItem 'My server is called web01.'
Assert-Smoke ($conversation | Get-ChatConversationItem).Text 'My server is called web01.'
$item | Remove-ChatConversationItem
Assert-Smoke ($conversation | Get-ChatConversation).Id $conversation.Id
$conversation | Remove-ChatConversation

$skill = New-ChatSkill -Connection $name (Join-Path $folder skill)
Assert-Smoke ($skill | New-ChatSkillVersion -Path (Join-Path $folder skill)).Version 2
Assert-Smoke ($skill | Set-ChatSkill -DefaultVersion 2 -PassThru).DefaultVersion 2
$skill | Save-ChatSkill -Path (Join-Path $folder one.zip)
$skill | Get-ChatSkillVersion -Order asc -First 1 | Save-ChatSkillVersion -Path (Join-Path $folder two.zip)
Assert-Smoke (Test-Path (Join-Path $folder one.zip), (Join-Path $folder two.zip)) 'True True'
Remove-ChatSkillVersion -Connection $name $skill.Id 1
Assert-Smoke (Get-ChatSkill -Connection $name).Name triage
$skill | Remove-ChatSkill

$consent = New-ChatVoiceConsent -Connection $name Ann -Language en-US -Path (Join-Path $folder agreed.wav)
Assert-Smoke ($consent | New-ChatVoice Ann -Path (Join-Path $folder agreed.wav)).Name Ann
Assert-Smoke ($consent | Set-ChatVoiceConsent -Name Bea -PassThru).Name Bea
Assert-Smoke (Get-ChatVoiceConsent -Connection $name).Language en-US
$consent | Remove-ChatVoiceConsent
Remove-Item -Recurse -Force $folder, $unique.FullName

$null = Connect-ChatService (Get-ChatConnection $name).BaseUri -Name "$name-Resources" -Dialect Responses -ApiKey sk-test-smoke -Model sandbox-mini
$short = Invoke-ChatCompletion 'My server is called web01.' -Connection "$name-Resources" | Compress-ChatResponse
Assert-Smoke (New-ChatConversation -Item $short.Item -Connection "$name-Resources" | Get-ChatConversationItem).Count 2
Disconnect-ChatService "$name-Resources"
$picture = New-TemporaryFile
Set-Content $picture.FullName 'synthid' -Encoding ascii
Assert-Smoke (Test-ChatProvenance $picture.FullName -Connection $name | Where-Object { $_.IsDetected }).Type synthid
Remove-Item $picture.FullName
Remove-ChatModel sandbox-audio -Connection $name -Confirm:$false -ErrorAction SilentlyContinue
